// Every page works without this; what stands here only saves a step.
import { browseCards } from "./browse-cards.js";
import { copyWords } from "./copy-words.js";
import { focusProblems } from "./focus-problems.js";
import { foldMenus } from "./fold-menus.js";
import { followProgress } from "./follow-progress.js";
import { keepForOffline } from "./keep-for-offline.js";
import { proposeWords } from "./propose-words.js";
import { useMyPlace } from "./use-my-place.js";

browseCards(document);
copyWords(document);
focusProblems(document);
foldMenus(document);
followProgress(document);
keepForOffline(document);
proposeWords(document);
useMyPlace(document);
