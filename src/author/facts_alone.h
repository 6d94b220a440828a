/*
 * What shows how the kernel goes on when its peer is silent, or its socket was closed: limits that
 * sysctls set, and ports that are used again.
 */
#ifndef TCPCLOSE_AUTHOR_FACTS_ALONE_H
#define TCPCLOSE_AUTHOR_FACTS_ALONE_H

#include "author/facts.h"

/* Sets `resent`, `fin_wait` and `rebinds`; `facts->first` must be known. */
void facts_find_alone(const struct conversation *talk, unsigned flow, enum side kernel,
                      struct facts *facts);

/*
 * Finds the packet with which the kernel sends its FIN for the first time, when all of its data up
 * to the number `end` comes before it or in it. Returns false when there is none behind `packet`.
 */
bool facts_fin_behind(const struct conversation *talk, size_t packet, enum side kernel,
                      uint32_t end, size_t *fin);

#endif
