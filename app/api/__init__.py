"""The knowledge base for programs: operations, over HTTP as ``/api/v1``, as endpoints of Gradio, and as tools of MCP."""
