// Streamlit's own words are English. This puts the dictionary's words in their place on Swedish pages, and tells
// assistive technology which language the page speaks. No library, no network, nothing stored.
"use strict";

const WORDS = {}/* words */;
const NAMES = ["aria-label", "title", "placeholder", "alt"];
const DICTIONARIES = { sv: dictionary(Object.entries(WORDS)), en: dictionary(Object.entries(WORDS).map(([a, b]) => [b, a])) };
let spoken = document.documentElement.lang;

// A dictionary's `*` stands for anything: "Remove *" → "Ta bort *"; its `#` for digits: "#.#KB" → "#,# kB".
function dictionary(pairs) {
  const escaped = (words) => words.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "(.*?)").replaceAll("#", "(\\d+)");
  const patterns = pairs.filter(([from]) => /[*#]/.test(from)).map(([from, to]) => [new RegExp(`^${escaped(from)}$`), to]);
  return { exact: new Map(pairs), patterns };
}

function translated(words) {
  const plain = words.trim();
  const { exact, patterns } = DICTIONARIES[spoken];
  if (!plain) return words;
  if (exact.has(plain)) return words.replace(plain, exact.get(plain));
  for (const [pattern, to] of patterns) {
    const match = pattern.exec(plain);
    if (match) return match.slice(1).reduce((so_far, part) => so_far.replace(/[*#]/, () => part), to);
  }
  return words;
}

// What a reader or a file wrote is never touched, nor the names of icons: only Streamlit's own furniture is.
function notOurs(node) {
  const element = node.parentElement;
  if (!element || element.closest("[data-testid='stIconMaterial'], .wide-table, script, style, noscript, svg")) return true;
  return element.closest("[data-testid='stMarkdownContainer']") && !element.closest("[role='dialog'], [data-testid='stFileUploaderDropzone'], [data-testid='stTopNavSection']");
}

function speak(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const words = notOurs(node) ? node.data : translated(node.data);
    if (words !== node.data) node.data = words;
  } else if (node.nodeType === Node.ELEMENT_NODE) {
    for (const name of NAMES) {
      if (!node.hasAttribute(name)) continue;
      const words = translated(node.getAttribute(name));
      if (words !== node.getAttribute(name)) node.setAttribute(name, words);
    }
    node.childNodes.forEach(speak);
  }
}

function listen(changes) {
  const language = document.querySelector("[data-page-language]")?.dataset.pageLanguage ?? spoken;
  if (language !== spoken) {
    spoken = language;
    document.documentElement.lang = language;
    speak(document.body);
    return;
  }
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(speak);
    else speak(change.target);
  }
}

new MutationObserver(listen).observe(document.body, {
  subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: [...NAMES, "data-page-language"],
});
speak(document.body);
