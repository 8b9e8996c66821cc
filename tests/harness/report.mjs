// Figures and findings in plain words.

/** The value below which a share of all values lies. */
export function percentile(values, share) {
  if (values.length === 0) return NaN;
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

/** Median, p90, p95 and the worst. */
export function spread(values) {
  const at = (share) => Math.round(percentile(values, share) * 10) / 10;
  return { count: values.length, median: at(0.5), p90: at(0.9), p95: at(0.95), worst: at(1) };
}

/** What axe found that we do not accept, a line each. */
export function seriousIn(violations) {
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, impact, help, nodes }) => {
      const where = nodes.slice(0, 3).map(({ target }) => target.join(" "));
      return `${impact} ${id}: ${help} (${nodes.length}: ${where.join("; ")})`;
    });
}

/** A figure of a story, on a line that is easy to find in a log. */
export function figure(name, value) {
  console.log(`FIGURE ${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`);
}
