// A blocking script, first in the body: the classes must be there before init.js (a module, so
// run later) looks for them, or it leaves the page as it is without scripts.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
