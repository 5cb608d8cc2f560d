// What every page can do; each part also works on what htmx puts in later.
import htmx from "htmx.org";
import "./parts/stepper.js";
import "./parts/toast.js";
import "./parts/live.js";
import "./parts/problem.js";
import "./parts/password.js";
import "./parts/menu.js";
import "./parts/signout.js";
import "./parts/whose.js";

// the Content-Security-Policy forbids what these would need
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
