// Every page works without this; what stands here only saves a step.
import { focusProblems } from "./focus-problems.js";
import { submitOnChange } from "./submit-on-change.js";
import { useMyPlace } from "./use-my-place.js";

focusProblems(document);
submitOnChange(document);
useMyPlace(document);
