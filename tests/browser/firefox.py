"""Firefox, driven by Mozilla's Marionette: a page with as much of playwright's as it takes to open, run and read a notebook.

Playwright drives a Firefox of its own making alone, which it downloads.
"""

import contextlib
import json
import shutil
import socket

FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
ALONE = {"network.proxy.type": 1, "network.proxy.no_proxies_on": "127.0.0.1"}  # no other host can be reached
ALONE |= {f"network.proxy.{kind}": "127.0.0.1" for kind in ("http", "ssl")}
ALONE |= {f"network.proxy.{kind}_port": 9 for kind in ("http", "ssl")}
CALL = """
const [call, done] = arguments;
window.wrappedJSObject.eval(call).then((found) => done([found]), (error) => done([null, String(error)]));
"""


@contextlib.contextmanager
def firefox(log):
    """Start Firefox with a profile of its own, and give a page of it; what it complains of goes into a file."""
    from marionette_driver.marionette import Marionette

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    driver = Marionette(port=port, bin=FIREFOX, headless=True, prefs=ALONE, gecko_log=str(log))
    try:
        driver.start_session()
        yield Page(driver)
    finally:
        driver.cleanup()


class Page:
    def __init__(self, driver):
        self.driver = driver

    def goto(self, url):
        self.driver.navigate(url)

    def evaluate(self, function, arg=None):
        """Call a function of the page, given as text, and return its value."""
        call = f"(async () => JSON.stringify((await ({function})({json.dumps(arg)})) ?? null))()"
        found, *error = self.driver.execute_async_script(CALL, [call], script_timeout=300_000)
        if error:
            raise RuntimeError(error[0])
        return json.loads(found)

    def wait_for_function(self, function, arg=None, timeout=60_000):
        from marionette_driver import Wait

        Wait(self.driver, timeout / 1e3, 0.25).until(lambda _: self.evaluate(function, arg))

    def wait_for_selector(self, selector, timeout=60_000):
        self.wait_for_function("(selector) => !!document.querySelector(selector)", selector, timeout)

    def press(self, selector, key):
        self.driver.find_element("css selector", selector).send_keys(key)

    def close_and_open_again(self):
        """End Firefox, and start it with the same profile."""
        self.driver.restart(in_app=False, clean=False)
