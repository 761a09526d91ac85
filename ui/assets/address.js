// A page completes its own address once it has drawn (ui/address.py). That is no step of the reader's: the completed
// address takes the place of the short one in the browser's history, so that one step back leaves the page.
"use strict";

{
  const push = history.pushState.bind(history);
  let touched = false; // whether the reader has done anything since the page was opened

  for (const deed of ["pointerdown", "keydown", "click", "input"]) {
    addEventListener(deed, () => { touched = true; }, { capture: true, passive: true });
  }

  const opens = (address) => new URL(address, location.href).pathname !== location.pathname;

  // Whether the new address only says more of the same view.
  const completes = (address) => {
    const from = new URL(location.href);
    const to = new URL(address, from);
    return [...from.searchParams].every(([name, value]) => to.searchParams.get(name) === value);
  };

  history.pushState = (state, title, address) => {
    if (!address || opens(address)) {
      touched = false;
      return push(state, title, address);
    }
    // The page before may still say its last word when this one is open already: nobody asked for that either.
    return completes(address) || !touched ? history.replaceState(state, title, address) : push(state, title, address);
  };
}
