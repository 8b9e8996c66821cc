/** The sections of the office, in their order. */
export const sections = ["me", "catalogue", "calendar", "staff", "machine", "backup", "printers"] as const;

/** The name of a section. */
export type Section = (typeof sections)[number];

/** The section an address names; the person's own when it names none. */
export function sectionOf(name: string | undefined): Section {
  return sections.find((section) => section === name) ?? "me";
}
