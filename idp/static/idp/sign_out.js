// Goes on to the service once every service's page has loaded, or failed to. Without scripts
// "Continue" does.

const SLOWEST = 4000;
const link = document.getElementById("continue");
const frames = [...document.querySelectorAll("iframe")];

const done = (frame) =>
  new Promise((resolve) => {
    frame.addEventListener("load", resolve);
    frame.addEventListener("error", resolve);
  });
const late = new Promise((resolve) => setTimeout(resolve, SLOWEST));

if (link) {
  Promise.race([Promise.all(frames.map(done)), late]).then(() => location.replace(link.href));
}
