// Hands the bytes that the kernel sends to the browser, as a file that was downloaded.
export default {
  render({ model }) {
    model.on("msg:custom", (_, [content]) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([content], { type: "application/zip" }));
      link.download = model.get("name");
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    });
  },
};
