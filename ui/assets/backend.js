// Where the server is and what it allows: Streamlit would ask it twice, one after the other, before it opens its
// connection, and would look for it below the page's own name first.
"use strict";

window.__streamlit = {
  BACKEND_BASE_URL: new URL("./", document.currentScript.src).href,
  HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
};
