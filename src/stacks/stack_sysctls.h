/*
 * Sysctls, which other stacks do not have. One that switches off what Linux adds to a plain TCP can
 * be left out there.
 */
#ifndef TCPCLOSE_STACKS_STACK_SYSCTLS_H
#define TCPCLOSE_STACKS_STACK_SYSCTLS_H

#include "base/setting.h"

/* The first of the list that cannot be left out; NULL: all can be. */
const struct setting *stack_sysctl_needed(const struct setting *list);

#endif
