(function () {
  "use strict";
  var order = [];
  document.querySelectorAll(".step, .fact").forEach(function (place) { order.push(place.id); });
  function go(by) {
    var here = order.indexOf(decodeURIComponent(location.hash.slice(1)));
    var to = here < 0 ? (by > 0 ? 0 : order.length - 1) : here + by;
    if (to < 0 || to >= order.length) { return; }
    location.hash = order[to];
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) { return; }
    if (event.key === "n" || event.key === "j") { go(1); }
    if (event.key === "p" || event.key === "k") { go(-1); }
  });
})();
