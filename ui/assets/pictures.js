// A picture taken from a chart is named by what it shows. Streamlit names it by the minute it was taken; the title
// stands in the picture itself (charts/context.py), and is read from the chart whose button was pressed. On the page the
// title stands in the card, and the source beside it: there the picture ends where its plot does.
"use strict";

{
  const CHART = '[data-testid="stVegaLiteChart"]';
  let asked = null; // the chart that a button was last pressed at

  const words = (chart, part) => [...chart.querySelectorAll(`.${part} text, .${part} tspan`)]
    .filter((one) => !one.querySelector("tspan")).map((one) => one.textContent).join(" ");

  const named = (chart) => {
    const title = words(chart, "role-title-text");
    const when = words(chart, "role-title-subtitle").split(",")[0].slice(0, 40);
    const plain = `${title} ${when}`.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 120);
  };

  const trim = () => {
    for (const svg of document.querySelectorAll(`${CHART} svg:not([data-trimmed])`)) {
      const title = svg.querySelector(".role-title");
      const room = title ? svg.getBoundingClientRect().bottom - title.getBoundingClientRect().top : 0;
      if (room <= 0) continue; // not drawn yet, or hidden
      svg.style.marginBottom = `${-Math.floor(room)}px`;
      svg.dataset.trimmed = "";
    }
  };
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; trim(); });
  }).observe(document.body, { subtree: true, childList: true });

  // "Kopiera bild" (ui/pictures.py) is a download whose button says so by its key: Streamlit makes the picture and clicks
  // a link of its own to it. The picture goes to the clipboard instead, and is saved where the browser refuses.
  let copying = false;
  addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(".stDownloadButton button") : null;
    if (button) copying = Boolean(button.closest('[class*="st-key-picture"][class*="copied"]'));
  }, { capture: true });
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    if (!copying || !navigator.clipboard?.write) { click.call(this); return; }
    copying = false;
    const picture = fetch(this.href).then((got) => got.blob());
    navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]).then(() => {
      const told = document.body.appendChild(document.createElement("p"));
      Object.assign(told, { role: "status", className: "copied", textContent: "The picture is copied" });
      setTimeout(() => told.remove(), 3000);
    }, () => click.call(this));
  };

  addEventListener("click", (event) => {
    const link = event.target instanceof HTMLAnchorElement ? event.target : null;
    if (link?.download.endsWith("_chart.png") && asked?.isConnected) {
      const name = named(asked);
      if (name) link.download = `${name}.png`;
      return;
    }
    let place = event.target instanceof Element ? event.target.closest("button") : null;
    while (place && !place.querySelector(CHART)) place = place.parentElement;
    asked = place?.querySelector(CHART) ?? asked;
  }, { capture: true });
}
