// Single keys for the review desk, and the letter scrolled to the words looked at. Without it, Tab and the buttons do the same.
(function () {
  "use strict";
  var keys = { a: "accept", c: "correct", r: "reject", n: "next", p: "previous", ArrowRight: "next", ArrowLeft: "previous" };
  function press(desk, name) {
    var button = desk.querySelector(".foi-act-" + name);
    if (button && !button.disabled) { button.click(); }
  }
  function toHere(desk) {
    var pane = desk.querySelector(".foi-desk-letter"), here = desk.querySelector("#foi-here");
    if (!pane) { return; }
    var by = here ? here.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3 : -pane.scrollTop;
    pane.scrollTop += by;
  }
  function typing(target) { return /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName); }
  function set(desk) {
    desk.dataset.foiReady = "yes";
    desk.setAttribute("data-lm-suppress-shortcuts", "true");  // JupyterLab's own keys (a, c, d d …) would alter the notebook
    desk.tabIndex = -1;
    desk.setAttribute("role", "group");
    desk.setAttribute("aria-label", "Review desk: a accept, c correct, r reject, n next, p previous");
    desk.addEventListener("keydown", function (event) {
      var form = desk.querySelector(".foi-desk-form.foi-open");
      if (event.ctrlKey || event.metaKey || event.altKey) { return; }
      if (form && event.key === "Escape") { press(desk, "cancel"); event.preventDefault(); }
      else if (form && event.key === "Enter" && event.target.tagName === "INPUT") { press(desk, "save"); event.preventDefault(); }
      else if (!typing(event.target) && keys[event.key]) { press(desk, keys[event.key]); event.preventDefault(); }
      else if (event.key === "Enter" && event.target.closest(".foi-desk-top")) { desk.focus(); event.preventDefault(); }
      else { return; }
      event.stopPropagation();
    }, true);  // on the way down: a text field keeps its keys to itself
    desk.addEventListener("click", function (event) { if (!typing(event.target) && !desk.querySelector(".foi-desk-form.foi-open")) { desk.focus({ preventScroll: true }); } });
    var open = false;
    new MutationObserver(function () {
      var form = desk.querySelector(".foi-desk-form.foi-open");
      if (Boolean(form) !== open) {
        open = Boolean(form);
        var shown = form && Array.prototype.find.call(form.querySelectorAll(".foi-figure input, .foi-why input"), function (field) { return field.offsetParent; });
        if (shown) { shown.focus({ preventScroll: true }); shown.select(); } else { desk.focus({ preventScroll: true }); }
      }
    }).observe(desk, { subtree: true, attributes: true, attributeFilter: ["class", "style"] });
    new MutationObserver(function () { toHere(desk); }).observe(desk.querySelector(".foi-desk-letter"), { subtree: true, childList: true });
    toHere(desk);
    desk.focus({ preventScroll: true });
    desk.scrollIntoView({ block: "nearest" });
  }
  function find() { document.querySelectorAll(".foi-desk:not([data-foi-ready])").forEach(function (desk) { if (desk.querySelector(".foi-desk-letter")) { set(desk); } }); }
  new MutationObserver(find).observe(document.body, { subtree: true, childList: true });
  find();
})();
