// Says on an open list of requests that there are newer ones. For ten minutes, and only while
// somebody looks: a page left open must not keep its sign-in going.
const place = document.getElementById("newer");
const until = Date.now() + 10 * 60 * 1000;

async function ask() {
  if (Date.now() > until) return;
  if (document.visibilityState === "visible") {
    try {
      const answer = await fetch(place.dataset.ask, { redirect: "error" });
      const { newest } = answer.ok ? await answer.json() : { newest: 0 };
      if (newest > Number(place.dataset.newest)) {
        place.querySelector("p").hidden = false;
        return;
      }
    } catch {
      return;
    }
  }
  setTimeout(ask, 2000);
}

if (place) setTimeout(ask, 2000);
