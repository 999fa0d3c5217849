// A page that cannot be drawn (its source file was moved or changed) is said in words.
document.addEventListener(
  "error",
  (event) => {
    const link = event.target.closest?.(".sheets a");
    if (link) link.replaceWith("页面图打不开：源文件可能已移走或改动");
  },
  true,
);
