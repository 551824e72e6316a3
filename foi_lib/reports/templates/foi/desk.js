// Single keys for the review desk, and the letter scrolled to the words looked at. Without it, Tab and the buttons do the same.
//
// What is done is told to the kernel in one message: the act, the answer that was on the screen, and the fields as they stand. ipywidgets
// may send a field's last letters after a button's click; so no click goes out by itself, and no figure is kept half typed.
(function () {
  "use strict";
  var keys = { a: "accept", c: "correct", r: "reject", n: "next", p: "previous", ArrowRight: "next", ArrowLeft: "previous" };
  function typing(target) { return /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName); }
  function set(desk) {
    var waiting = [], sent = 0, busy = false;
    function one(selector) { return desk.querySelector(selector); }
    function form() { return one(".foi-desk-form.foi-open"); }
    function send() {
      if (busy || !waiting.length) { return; }
      busy = true;
      var field = one(".foi-commit input");
      field.value = JSON.stringify(waiting.shift());
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    function act(name) {
      var button = one(".foi-act-" + name), shown = one(".foi-desk-reading [data-answer]");
      if (!button || button.disabled) { return; }
      sent += 1;
      waiting.push({
        n: sent, act: name, answer: shown ? shown.dataset.answer : "", who: one(".foi-who input").value,
        outcome: one(".foi-outcome select").selectedIndex, figure: one(".foi-figure input").value, why: one(".foi-why input").value
      });
      send();
    }
    function toHere() {
      var pane = one(".foi-desk-letter"), here = one("#foi-here");
      var by = here ? here.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3 : -pane.scrollTop;
      pane.scrollTop += by;
    }
    desk.dataset.foiReady = "yes";
    desk.setAttribute("data-lm-suppress-shortcuts", "true");  // JupyterLab's own keys (a, c, d d …) would alter the notebook
    desk.tabIndex = -1;
    desk.setAttribute("role", "group");
    desk.setAttribute("aria-label", "Review desk: a accept, c correct, r reject, n next, p previous");
    desk.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) { return; }
      if (form() && event.key === "Escape") { act("cancel"); }
      else if (form() && event.key === "Enter" && event.target.tagName === "INPUT" && !event.target.closest(".foi-desk-top")) { act("save"); }
      else if (!typing(event.target) && keys[event.key]) { act(keys[event.key]); }
      else if (event.key === "Enter" && event.target.closest(".foi-desk-top")) { desk.focus(); }
      else { return; }
      event.preventDefault();
      event.stopPropagation();
    }, true);  // on the way down: a text field keeps its keys to itself
    desk.addEventListener("click", function (event) {
      var button = event.target.closest("button"), name = button && (button.className.match(/foi-act-(\w+)/) || [])[1];
      if (name) { act(name); event.preventDefault(); event.stopPropagation(); }
      if (!typing(event.target) && !form()) { desk.focus({ preventScroll: true }); }
    }, true);
    var open = false;
    new MutationObserver(function () {
      if (Boolean(form()) === open) { return; }
      open = !open;
      var fields = open ? Array.from(form().querySelectorAll(".foi-figure input, .foi-why input")) : [];
      var first = fields.find(function (field) { return field.offsetParent; }) || desk;
      first.focus({ preventScroll: true });
      if (first.select) { first.select(); }
    }).observe(desk, { subtree: true, attributes: true, attributeFilter: ["class", "style"] });
    new MutationObserver(toHere).observe(one(".foi-desk-letter"), { subtree: true, childList: true });
    new MutationObserver(function () { busy = false; send(); }).observe(one(".foi-heard"), { subtree: true, childList: true });
    toHere();
    desk.focus({ preventScroll: true });
    desk.scrollIntoView({ block: "nearest" });
  }
  function find() {
    document.querySelectorAll(".foi-desk:not([data-foi-ready])").forEach(function (desk) {
      var parts = [".foi-desk-letter", ".foi-heard", ".foi-commit input", ".foi-who input", ".foi-why input"];
      if (parts.every(function (part) { return desk.querySelector(part); })) { set(desk); }
    });
  }
  new MutationObserver(find).observe(document.body, { subtree: true, childList: true });
  find();
})();
