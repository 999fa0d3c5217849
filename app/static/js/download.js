// Saves what the server makes of what is sent. What went wrong is given back as a message, empty when nothing did.
export async function download(address, name, sent) {
  let reply;
  try {
    reply = await fetch(address, sent);
  } catch {
    return "连不上服务器，请检查网络后再试";
  }
  if (!reply.ok) return messageOf(await reply.text());
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await reply.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return "";
}

// The words of a message of the server's, which is HTML.
function messageOf(html) {
  const text = new DOMParser().parseFromString(html, "text/html").querySelector(".message")?.textContent;
  return text || "导出没有成功，请稍后再试";
}
