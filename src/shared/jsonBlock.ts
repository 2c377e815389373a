/** Data that a page holds for its script, in an element that no browser runs, whatever the page's policy. Knows no page. */

/** No character of the JSON can end the element that it is in. @param id of the element */
export function jsonBlock(id: string, json: string): string {
  return `<script type="application/json" id="${id}">${json.replaceAll('<', '\\u003c')}</script>`;
}
