/*
 * Conditions that this machine fulfils or not: "kernel >= 6.10", "sysctl net.ipv4.tcp_ecn",
 * "program nginx", "tcpclose >= 0.2".
 */
#ifndef TCPCLOSE_SUITE_CONDITION_H
#define TCPCLOSE_SUITE_CONDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "suite/phrase.h"

enum condition {
	CONDITION_HOLDS,
	CONDITION_FAILS,
	CONDITION_OTHER_TOOL, /* fails, since it wants another version of this tool */
	CONDITION_WRONG,
};

enum { CONDITION_TEXT = 256 };

/*
 * Reads one condition, and tells whether it holds; if not, `why` says what is missing ("needs
 * kernel >= 6.10, but this is 6.1.0"). CONDITION_WRONG: it is not well formed, which was reported
 * to `diag`.
 */
enum condition condition_check(struct phrase *phrase, struct diag *diag, char why[CONDITION_TEXT]);

#endif
