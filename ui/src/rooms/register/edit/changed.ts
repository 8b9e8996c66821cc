/** What was changed in a resident's details. A masked value is never sent back: untouched means unchanged. */

/** The details that can be changed. The phone begins empty, because the screen has only its mask. */
export interface Details {
  name: string;
  reading: string;
  phone: string;
  address: string;
  /** Asked for only where there is none yet. */
  id_number: string;
}

/** The fields that differ from what was shown. */
export function changed(shown: Details, typed: Details): Partial<Details> {
  const fields = ["name", "reading", "phone", "address", "id_number"] as const;
  return Object.fromEntries(
    fields
      .filter((field) => typed[field].trim() !== shown[field].trim())
      .map((field) => [field, typed[field].trim()]),
  );
}
