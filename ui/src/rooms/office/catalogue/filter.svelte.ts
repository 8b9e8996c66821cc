/** What was typed to find an item, so that Back finds the list as it was left. Words for items, never for people. */
class Filter {
  text = $state("");
}

/** The filter of the catalogue. */
export const filter = new Filter();
