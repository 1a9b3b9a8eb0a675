// A person with a browser of their own, in front of a page of ours.
export class Person {
  constructor(chromium, page) {
    Object.assign(this, { chromium, page });
  }

  // Captures the page of an order as a person does, by the toolbar's button.
  async capture(id) {
    const page = await this.chromium.open(`https://www.aliexpress.com/p/order/detail.html?orderId=${id}`);
    await this.chromium.overlay(page).waitForText(id.slice(-6));
    const popup = await this.chromium.clickToolbar(page);
    await popup.waitForSelector("#capture");
    await popup.click("#capture");
    await popup.waitForSelector("#notice img[src^='blob:']");
    await popup.close().catch(() => {});
    await page.close();
    await this.page.bringToFront();
  }

  ask(message) {
    return this.page.evaluate((sent) => chrome.runtime.sendMessage(sent), message);
  }
}
