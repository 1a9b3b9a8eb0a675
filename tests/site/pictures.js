// Pictures of products: simple drawings, so that the shop needs no picture of anybody.

const DRAWING = {
  headphones: '<path d="M62 132v-22a48 48 0 0 1 96 0v22" fill="none" stroke="#222b" stroke-width="12"/><rect x="48" y="120" width="28" height="50" rx="13" fill="#333"/><rect x="144" y="120" width="28" height="50" rx="13" fill="#333"/>',
  cable: '<path d="M70 150c-30-60 40-100 60-50s50 30 30-20" fill="none" stroke="#333" stroke-width="9" stroke-linecap="round"/><rect x="58" y="142" width="24" height="36" rx="5" fill="#555"/><rect x="146" y="48" width="24" height="36" rx="5" fill="#555"/>',
  lamp: '<path d="M110 178V120l-34-40" fill="none" stroke="#444" stroke-width="8" stroke-linecap="round"/><path d="M58 92l44-42 26 26c-12 22-34 30-70 16z" fill="#fff" stroke="#444" stroke-width="5"/><rect x="76" y="172" width="68" height="12" rx="6" fill="#444"/>',
  keyboard: '<rect x="34" y="80" width="152" height="64" rx="10" fill="#f7f1e6" stroke="#6b6258" stroke-width="4"/><g fill="#8c8174"><path d="M46 92h14v12H46zM66 92h14v12H66zM86 92h14v12H86zM106 92h14v12h-14zM126 92h14v12h-14zM146 92h28v12h-28zM46 109h22v12H46zM74 109h14v12H74zM94 109h14v12H94zM114 109h14v12h-14zM134 109h40v12h-40zM46 126h14v10H46zM68 126h82v10H68zM158 126h16v10h-16z"/></g>',
  mug: '<path d="M78 62h64l-7 104a10 10 0 0 1-10 9H95a10 10 0 0 1-10-9z" fill="#fff8" stroke="#4a4036" stroke-width="5"/><rect x="70" y="46" width="80" height="18" rx="8" fill="#4a4036"/><path d="M82 104h56l-2 28H84z" fill="#4a403666"/>',
  bag: '<path d="M66 84c0-36 88-36 88 0v84a12 12 0 0 1-12 12H78a12 12 0 0 1-12-12z" fill="#55604a"/><rect x="80" y="116" width="60" height="42" rx="8" fill="#6c7a5e"/><path d="M92 62c0-22 36-22 36 0" fill="none" stroke="#3b4433" stroke-width="7"/>',
  shirt: '<path d="M84 52c10 14 42 14 52 0l44 24-16 32-18-8v76H74v-76l-18 8-16-32z" fill="#34466b"/><path d="M90 54c8 12 32 12 40 0" fill="none" stroke="#fff7" stroke-width="4"/>',
  watch: '<rect x="92" y="34" width="36" height="152" rx="8" fill="#4f74a8"/><rect x="80" y="80" width="60" height="60" rx="16" fill="#222"/><path d="M110 94v18l12 8" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round"/>',
  phone: '<rect x="74" y="36" width="72" height="148" rx="16" fill="#fff9" stroke="#445" stroke-width="5"/><rect x="84" y="48" width="28" height="40" rx="9" fill="#445"/><circle cx="98" cy="60" r="6" fill="#99b"/><circle cx="98" cy="77" r="6" fill="#99b"/>',
  tool: '<rect x="48" y="74" width="84" height="34" rx="12" fill="#d9822b"/><path d="M132 84h34v14h-34z" fill="#666"/><path d="M166 88h16v6h-16z" fill="#999"/><path d="M62 106h32l-8 56H66z" fill="#333"/>',
  camera: '<rect x="48" y="72" width="124" height="86" rx="14" fill="#fff8" stroke="#456" stroke-width="6"/><circle cx="128" cy="114" r="28" fill="#234"/><circle cx="128" cy="114" r="13" fill="#69b"/><rect x="60" y="84" width="30" height="14" rx="5" fill="#456"/>',
  blocks: '<rect x="52" y="116" width="54" height="54" rx="5" fill="#d8a864"/><rect x="112" y="116" width="54" height="54" rx="5" fill="#b7795a"/><rect x="82" y="58" width="54" height="54" rx="5" fill="#8ea58c"/>',
  plant: '<path d="M76 118h68l-9 60H85z" fill="#c46b48"/><path d="M110 116C80 96 78 60 88 48c18 14 24 40 22 68 0-34 14-56 34-60 4 24-8 48-34 60z" fill="#5d8a57"/>',
  speaker: '<rect x="52" y="66" width="116" height="92" rx="26" fill="#b03a37"/><circle cx="90" cy="112" r="22" fill="#2b2b2b"/><circle cx="138" cy="112" r="16" fill="#2b2b2b"/><circle cx="90" cy="112" r="8" fill="#777"/>',
};
const GROUND = ["#eef2f6", "#f6efe6", "#eaf3ec", "#f3ecf4", "#f7f3df", "#e8f1f4", "#f6eaea"];

/** An SVG of 220 x 220 for a product; `seed` only chooses the ground. Undefined for an unknown drawing. */
export function picture(name, seed) {
  if (!Object.hasOwn(DRAWING, name)) return undefined;
  const ground = GROUND[seed % GROUND.length];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 220"><rect width="220" height="220" fill="${ground}"/><ellipse cx="110" cy="186" rx="62" ry="7" fill="#0001"/>${DRAWING[name]}</svg>`;
}

/** The badge of a Choice order, 272 x 80 like the real one. */
export const CHOICE_BADGE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 272 80"><rect width="272" height="80" rx="14" fill="#ffe14d"/><text x="136" y="57" font-family="sans-serif" font-size="50" font-weight="800" text-anchor="middle" fill="#222">Choice</text></svg>';
