(function () {
  "use strict";
  var table = document.getElementById("councils"), body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);
  var tools = document.querySelector(".tools"), find = document.getElementById("find"), only = document.getElementById("with"), shown = document.getElementById("shown");
  tools.hidden = false;
  tools.addEventListener("submit", function (event) { event.preventDefault(); });
  function filter() {
    var words = find.value.trim().toLowerCase(), n = 0;
    rows.forEach(function (row) {
      var fits = row.cells[0].textContent.toLowerCase().indexOf(words) >= 0;
      if (fits && only.value) {
        fits = only.value === "flag" ? !!row.querySelector(".flag") : !!row.querySelector('[data-outcome="' + only.value + '"]');
      }
      row.hidden = !fits;
      n += fits ? 1 : 0;
    });
    shown.textContent = n + " of " + rows.length + " shown";
  }
  find.addEventListener("input", filter);
  only.addEventListener("change", filter);
  function key(cell) {
    var time = cell.querySelector("time"), text = (time ? time.getAttribute("datetime") : cell.textContent.replace(/[^\S ]+/g, " ").trim());
    var number = time ? NaN : parseFloat(text.replace(/^[^\d£\-−]+/, "").replace(/[£,]/g, ""));
    return { missing: !!cell.querySelector(".foi-missing"), number: number, text: text.toLowerCase() };
  }
  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
    var button = document.createElement("button");
    button.type = "button";
    while (head.firstChild) { button.appendChild(head.firstChild); }
    head.appendChild(button);
    button.addEventListener("click", function () {
      var up = head.getAttribute("aria-sort") !== "ascending";
      Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      rows.map(function (row, n) { return { row: row, n: n, key: key(row.cells[column]) }; }).sort(function (a, b) {
        if (a.key.missing !== b.key.missing) { return a.key.missing ? 1 : -1; }
        var by = column > 0 && !isNaN(a.key.number) && !isNaN(b.key.number) ? a.key.number - b.key.number : a.key.text.localeCompare(b.key.text, "en-GB");
        return (up ? by : -by) || a.n - b.n;
      }).forEach(function (item) { body.appendChild(item.row); });
    });
  });
  filter();
})();
