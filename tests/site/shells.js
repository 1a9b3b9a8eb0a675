// The documents of the shop: an almost empty root that the page's script fills, and the few pages that are no order pages.

const SEARCH_HINT = "usb c cable 100w";

/** The page around `#root`: what the real site serves before its script has run. */
export function pageShell(nonce) {
  return page(nonce, "Orders", '<script type="module" src="/assets/app.js"></script>', `
  <div class="site-body">
    <nav class="side-nav" aria-label="Account">
      <strong>Account</strong>
      <a href="/">Overview</a><a class="current" href="/p/order/index.html">Orders</a><a href="/">Payment</a>
      <a href="https://m.aliexpress.com/p/refund-dispute/list.html">Refund and return</a><a href="/">Feedback</a><a href="/">Settings</a>
      <a href="/">Shipping address</a><a href="/p/message/index.html">Message center</a><a href="/">Help center</a>
    </nav>
    <div id="root"></div>
  </div>
  <div id="J_xiaomi_dialog" title="Chat with the robot">?</div>
  <div class="comet-back-top" title="Back to top">&#8593;</div>`);
}

/** The sign-in form, served by login hosts and to a visitor who is signed out. */
export function signInShell(nonce) {
  return page(nonce, "Sign in", "", `
  <main class="plain-card">
    <h1>Register/Sign in</h1>
    <form class="sign-in" action="/" method="get">
      <label>Email or phone number <input name="account" autocomplete="off"></label>
      <label>Password <input name="password" type="password" autocomplete="off"></label>
      <button type="submit" class="comet-btn comet-btn-primary comet-btn-block">Continue</button>
    </form>
  </main>`);
}

/** The slider page of the anti-bot guard. */
export function captchaShell(nonce) {
  return page(nonce, "Just a moment...", "", `
  <main class="plain-card">
    <h1>Sorry, we have detected unusual traffic from your network.</h1>
    <p>Please slide to verify.</p>
    <div class="nc-container"><span class="nc-slider">&#187;</span><span>Please slide to verify</span></div>
  </main>`);
}

/** For people: every case with its page. */
export function indexShell(nonce, orders) {
  const row = ({ id, name, about }) => `<li><a href="/p/order/detail.html?orderId=${id}">${name}</a> <small>${about}</small>
    <a href="/p/tracking/index.html?_addShare=no&amp;_login=yes&amp;tradeOrderId=${id}">tracking</a> <a href="/p/message/index.html?fromCode=order&amp;orderId=${id}">chat</a></li>`;
  const link = (href, text) => `<li><a href="${href}">${text}</a></li>`;
  return page(nonce, "Sample Shop", "", `
  <main class="plain-card wide">
    <h1>Sample Shop</h1>
    <ul>${link("/p/order/index.html", "order list")}${link("https://m.aliexpress.com/p/refund-dispute/list.html", "returns and disputes")}
      ${link("/p/order/index.html?loggedout=1", "signed out")}${link("/p/order/index.html?captcha=1", "captcha")}
      ${link("/p/order/detail.html?orderId=8200000000000001&amp;half=1", "half of a page")}${link("/p/order/detail.html?orderId=8200000000000001&amp;layout=unknown", "unknown layout")}
      ${link("/p/order/detail.html?orderId=8200000000000001&amp;slow=5000", "slow page")}${link("/p/order/detail.html?orderId=abc", "no order id")}</ul>
    <ol>${orders.map(row).join("")}</ol>
  </main>`);
}

function page(nonce, title, head, body) {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
  <script nonce="${nonce}">
    window.__violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.__violations.push({
      directive: event.effectiveDirective, blocked: event.blockedURI, source: event.sourceFile, sample: event.sample }));
  </script>
  <link rel="stylesheet" href="/assets/shop.css">
  ${head}
</head>
<body>
  <header class="site-header">
    <a class="site-name" href="/">Sample<b>Shop</b></a>
    <form class="site-search" action="/" method="get"><input name="q" placeholder="${SEARCH_HINT}" aria-label="Search the shop"><button type="submit">Search</button></form>
    <div class="site-tools"><a href="/">EN / USD</a><a href="https://login.aliexpress.com/">Account</a><a href="/">Cart</a></div>
  </header>${body}
</body>
</html>
`;
}
