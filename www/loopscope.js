/** The widget's one module script: defines `<loop-scope>`. */

import { LoopScope } from "./widget/element.js";

// A page may load the script twice, from two places even: the first one stays.
if (!customElements.get("loop-scope")) customElements.define("loop-scope", LoopScope);
