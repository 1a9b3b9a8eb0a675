// What is sold in the sample shop: the products of the orders and the foreign ones of the recommendation block.

/** Products of the orders: picture (see pictures.js), title, variant (may be empty), unit price in US cents. */
export const GOODS = {
  headphones: ["headphones", "Wireless Over-Ear Headphones with Noise Cancelling, 40 h Playtime, Foldable", "Graphite", 3846],
  cable: ["cable", "Sample USB-C to USB-C Cable 100 W Fast Charging Braided Nylon", "Black, 2m", 1283],
  lamp: ["lamp", "LED Desk Lamp with Clamp, 3 Colour Temperatures, Dimmable Swing Arm", "White, EU Plug", 2190],
  keyboard: ["keyboard", "75% Mechanical Keyboard, Hot-Swappable Switches, Backlit", "Linear, Cream", 4599],
  mug: ["mug", "Double Wall Travel Mug 420 ml Stainless Steel Leakproof", "Sand", 1475],
  backpack: ["bag", "Roll-Top Backpack 22 L Waterproof Laptop Compartment", "Olive", 3120],
  shirt: ["shirt", "Merino Blend T-Shirt Short Sleeve Regular Fit", "Navy, L", 1790],
  watch: ["watch", "Watch Strap 20 mm Quick Release Woven Nylon", "Blue, 20 mm", 689],
  phone: ["phone", "Shockproof Phone Case with Camera Slide Cover", "Clear, 6.1 inch", 540],
  drill: ["tool", "Cordless Screwdriver Set 3.6 V with 32 Bits and Case", "3.6 V, USB-C", 2733],
  camera: ["camera", "Compact Action Camera Housing 40 m with Mount", "Transparent", 1960],
  toy: ["blocks", "Wooden Building Blocks, 60 Pieces, Natural Colours", "60 pcs", 1612],
  plant: ["plant", "Self-Watering Flower Pot, Set of 3, Matt Finish", "", 1388],
  speaker: ["speaker", "Portable Bluetooth Speaker 10 W Water Resistant", "Red", 2450],
};

const FOREIGN = [
  ["cable", "Magnetic Cable Organizer Desk Clip"], ["watch", "Minimalist Wrist Watch Leather Strap"], ["lamp", "Motion Sensor Night Light Rechargeable"],
  ["bag", "Foldable Shopping Bag Large Capacity"], ["mug", "Ceramic Coffee Cup with Lid 300 ml"], ["phone", "Phone Stand Adjustable Aluminium"],
  ["tool", "Precision Screwdriver Kit 24 in 1"], ["speaker", "Mini Speaker with Clip"], ["shirt", "Oversized Cotton Hoodie"],
  ["plant", "Hanging Planter Macrame Set"], ["blocks", "Magnetic Tiles for Children"], ["camera", "Webcam Cover Slide 6 Pack"],
  ["keyboard", "Wireless Numeric Keypad"], ["headphones", "Earphone Case Soft Silicone"],
];
const NOISE = ["Free returns", "Returns/refunds within 90 days", "Delivery: Sep. 26 - Oct. 01", "Refund if no delivery before Dec 31, 2099", "Free shipping", "15-day returns"];

/** 140 products that belong to no order; their numbers start far away from those of the orders. */
export const RECOMMENDED = Array.from({ length: 140 }, (_, index) => {
  const [picture, title] = FOREIGN[index % FOREIGN.length];
  return {
    productId: String(1005000000900001 + index),
    picture,
    title: `${title} ${["2026 New", "Hot Sale", "Gift", "Premium"][index % 4]}`,
    price: 199 + ((index * 487) % 4300),
    sold: `${(index * 37) % 900 + 12} sold`,
    note: NOISE[index % NOISE.length],
  };
});
