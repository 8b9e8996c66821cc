// The desk behind a served page, asked as the page asks it: for making what a story begins with, and for looking
// afterwards at what became of it.

/** Asks the desk at an address that `yichuang serve` gave. Whoever is unlocked there, acts. */
export function talkTo(url) {
  const { origin, hash } = new URL(url);
  const token = decodeURIComponent(hash.slice(1).replace(/^t=/, ""));
  const ask = async (name, input = {}) => {
    const response = await fetch(`${origin}/call/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json", "accept-language": "zh", "x-token": token },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.json();
  };
  return {
    ask,
    /** A call that must be done. */
    async done(name, input) {
      const answer = await ask(name, input);
      if (answer.status !== "done") throw new Error(`${name}: ${JSON.stringify(answer)}`);
      return answer.value;
    },
  };
}
