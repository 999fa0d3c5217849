"""What a drafting officer takes along: 引用篮, 引文校核 as it is shown, reports, Word documents."""
