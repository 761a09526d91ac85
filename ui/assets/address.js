// A page completes its own address once it has drawn (ui/address.py). That is no step of the reader's: the completed
// address takes the place of the short one in the browser's history, so that one step back leaves the page.
"use strict";

{
  const push = history.pushState.bind(history);

  // Whether the new address only says more of the same view.
  const completes = (address) => {
    const from = new URL(location.href);
    const to = new URL(address, from);
    const kept = [...from.searchParams].every(([name, value]) => to.searchParams.get(name) === value);
    return kept && from.pathname === to.pathname;
  };

  history.pushState = (state, title, address) =>
    address && completes(address) ? history.replaceState(state, title, address) : push(state, title, address);
}
