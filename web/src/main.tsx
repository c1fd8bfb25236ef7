import { render } from "preact";
import { App } from "./app";
import { takeToken } from "./lib/client";
import { listen } from "./lib/keys";
import { followAddress } from "./lib/route";
import { applyTheme } from "./lib/state";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/parts.css";
import "./styles/charts.css";
import "./styles/views.css";
import "./styles/reader.css";

applyTheme();
takeToken();
followAddress();
listen();
const page = document.getElementById("page");
if (page) render(<App />, page);
