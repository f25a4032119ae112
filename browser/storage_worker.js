
// In the service worker: a file that the page could not keep is an error for the kernel, which would wait for ever otherwise.
const storage = new BroadcastChannel("course-storage");
const answered = broadcastOne;
broadcastOne = (request, url) => {
  let refuse;
  const refused = new Promise((say) => { refuse = () => say(new Response("", { status: 507 })); });
  storage.addEventListener("message", refuse);
  return Promise.race([answered(request, url), refused]).finally(() => storage.removeEventListener("message", refuse));
};
