// A plain link within the pages would load everything anew. This goes there within the session, back button included,
// and closes a menu that was used. Opened in a new tab, copied or without this script it is a link like any other.
"use strict";

{
  const menus = () => document.querySelectorAll(".menus details[open]");
  const close = (except) => menus().forEach((menu) => { if (menu !== except && !menu.contains(except)) menu.open = false; });

  // What lies outside the pages (the sign-in form) says so itself: Streamlit takes `target` out of HTML. A place on the
  // same page is the browser's own business.
  const ours = (link) => link.closest(".stHtml, [data-testid='stHtml']") && !link.download
    && link.origin === location.origin && !link.closest("[data-leaves]")
    && !link.getAttribute("href").startsWith("#");

  document.addEventListener("click", (click) => {
    const link = click.target.closest?.("a[href]");
    if (!link) {
      close(click.target.closest?.(".menus details") ?? null);
      return;
    }
    if (!ours(link)) return;
    close(null);
    if (click.defaultPrevented || click.button || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
    click.preventDefault();
    history.pushState("link", "", link.href);
    dispatchEvent(new PopStateEvent("popstate"));
    scrollTo(0, 0);
  });

  // Out of a menu by keyboard: it does not stay open over the page.
  document.addEventListener("focusin", (focus) => {
    const inside = focus.target.closest?.(".menus details");
    if (inside || !focus.target.closest?.(".menus")) close(inside ?? null);
  });

  document.addEventListener("keydown", (key) => {
    if (key.key === "/" && !key.ctrlKey && !key.metaKey && !key.altKey && !key.target.closest?.("input, textarea, [contenteditable]")) {
      key.preventDefault();
      const field = document.querySelector(".st-key-search-field input");
      if (field) field.focus();
      else document.querySelector("a.search")?.click();
      return;
    }
    if (key.key !== "Escape") return;
    const [open] = menus();
    close(null);
    open?.querySelector("summary").focus();
  });
}
