
// In the service worker: what the page refuses is an error for the kernel.
const answered = broadcastOne;
broadcastOne = async (request, url) => {
  const text = await (await answered(request, url)).text();
  if (!text.startsWith('{"refused":')) return new Response(text);
  return new Response(JSON.parse(text).refused, { status: 500 });
};
