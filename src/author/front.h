/* Writes what comes before a draft's events: options and sysctls. */
#ifndef TCPCLOSE_AUTHOR_FRONT_H
#define TCPCLOSE_AUTHOR_FRONT_H

#include "author/drafting.h"

/* Ends with an empty line. */
void front_write(struct drafting *d);

#endif
