/*
 * Other stacks than Linux have no sysctls. One that only switches off what Linux adds to a plain
 * TCP can be left out there.
 */
#ifndef TCPCLOSE_STACKS_STACK_SYSCTLS_H
#define TCPCLOSE_STACKS_STACK_SYSCTLS_H

#include "base/setting.h"

/* Returns the first sysctl of the list that cannot be left out; NULL when all can. */
const struct setting *stack_sysctl_needed(const struct setting *list);

#endif
