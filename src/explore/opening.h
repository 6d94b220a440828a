/*
 * How a walk begins: its options and sysctls, and a connection that is opened in one of a few ways.
 */
#ifndef TCPCLOSE_EXPLORE_OPENING_H
#define TCPCLOSE_EXPLORE_OPENING_H

#include <stdio.h>

#include "explore/walk.h"

/*
 * Options and sysctls, which hold for all walks of a script. What they switch off in `common` no
 * walk may use.
 */
void opening_settings(struct chance *chance, bool plain, struct habits *common, FILE *out);

/* Opens the connection of a walk; the listener, too, where it is not there yet. */
void opening_write(struct walk *walk, const struct habits *common, enum model_mode mode);

#endif
