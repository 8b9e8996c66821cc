// What the page itself can tell of a story: keys that went down, the time from a key to the next paint, what broke the
// content security policy, and whether the focus was lost.
//
// Each function runs inside the page and stands alone: it is sent as text.

/** Puts the watch into a page. Once is enough; twice does no harm. */
export function install() {
  if (window.storyWatch) return;
  const watch = { keys: 0, echo: [], settled: [], violations: [], errors: [] };
  window.storyWatch = watch;

  // A frame is on its way to the screen when a message sent in its callback arrives.
  const afterPaint = (then) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close();
        then(performance.now());
      };
      channel.port2.postMessage(0);
    });

  let latest;
  addEventListener(
    "keydown",
    (event) => {
      // A chord counts once; a key held down counts once.
      if (["Shift", "Control", "Alt", "Meta"].includes(event.key) || event.repeat) return;
      // A bare key that the page held back for a moment, to tell a reader from a person, and now lets go.
      const isReplay = !event.isTrusted;
      if (isReplay && latest?.code === event.code && latest.isFirstHand) return;
      watch.keys += 1;
      const heldMs = isReplay ? 30 : 0;
      const key = {
        at: event.timeStamp - heldMs,
        painted: 0,
        code: event.code,
        isFirstHand: !isReplay,
      };
      if (latest) watch.settled.push(latest.painted - latest.at);
      latest = key;
      afterPaint((now) => {
        key.painted = Math.max(key.painted, now);
        watch.echo.push(now - key.at);
      });
    },
    { capture: true },
  );
  // What a key set off may come in several steps (an answer, a new screen); the last one counts, up to a second.
  let waiting = false;
  new MutationObserver(() => {
    const key = latest;
    if (!key || waiting || performance.now() - key.at > 1_000) return;
    waiting = true;
    afterPaint((now) => {
      waiting = false;
      key.painted = Math.max(key.painted, now);
    });
  }).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });

  addEventListener("securitypolicyviolation", (event) => {
    watch.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}`);
  });
  addEventListener("error", (event) => {
    // Harmless by the specification; lists that measure their rows raise it.
    if (!/ResizeObserver loop/.test(event.message)) watch.errors.push(event.message);
  });
  addEventListener("unhandledrejection", (event) => watch.errors.push(String(event.reason)));
}

/** What was seen since the watch was put in, or since `forget`. */
export function seen() {
  const { keys, echo, settled, violations, errors } = window.storyWatch;
  const active = document.activeElement;
  return {
    keys,
    echo,
    settled,
    violations,
    errors,
    focus: active === document.body ? null : (active?.tagName ?? null),
  };
}

/** Begins to count anew. */
export function forget() {
  Object.assign(window.storyWatch, { keys: 0, echo: [], settled: [] });
}

/** Fonts are there and two frames have passed: now a picture shows what a person would see. */
export async function ready() {
  await document.fonts.ready;
  for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Everything written on the screen. */
export function allText() {
  return document.body.innerText;
}

/** The visible text of the first element that a selector finds, or null. A field's text is its value. */
export function textOf(selector) {
  const element = document.querySelector(selector);
  if (!element) return null;
  return "value" in element && element.tagName !== "BUTTON" && element.tagName !== "LI"
    ? element.value
    : element.innerText;
}

/** How many elements a selector finds. */
export function countOf(selector) {
  return document.querySelectorAll(selector).length;
}

/** What sticks out of the window sideways: its width too much, and the elements that cause it. */
export function overflow() {
  const page = document.documentElement;
  const tooWide = Math.max(page.scrollWidth, document.body.scrollWidth) - innerWidth;
  if (tooWide <= 0) return null;
  const culprits = [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3)
    .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  return `${tooWide} px too wide: ${culprits.join(", ")}`;
}
