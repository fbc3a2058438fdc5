"use strict";
// A part of a report hands its data to the page that opened it. Pages of a disk have no origin to
// name; pages of a server hand it to their own only.

parent.postMessage(
  document.getElementById("data").textContent,
  location.protocol === "file:" ? "*" : location.origin,
);
