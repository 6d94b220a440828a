/* What came of a walk. */
#ifndef TCPCLOSE_EXPLORE_WALKED_H
#define TCPCLOSE_EXPLORE_WALKED_H

#include "verdict/digest.h"
#include "verdict/evidence.h"
#include "verdict/verdict.h"

/* ... on one kernel. */
struct walked {
	enum verdict_kind kind;
	char reason[VERDICT_TEXT];
	struct second_opinion model;
	struct digest digest;
};

#endif
