
// In the service worker: what the page refuses is an error for the kernel.
const answered = broadcastOne;
broadcastOne = async (request, url) => {
  const text = await (await answered(request, url)).text();
  return new Response(...(text.startsWith('{"refused":') ? [JSON.parse(text).refused, { status: 500 }] : [text]));
};
