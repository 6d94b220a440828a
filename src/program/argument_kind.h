/* Which values an argument of each kind takes. */
#ifndef TCPCLOSE_PROGRAM_ARGUMENT_KIND_H
#define TCPCLOSE_PROGRAM_ARGUMENT_KIND_H

#include <stdbool.h>

#include "base/diag.h"
#include "program/program.h"
#include "program/syscalls.h"

/*
 * Tells whether the value has the shape that the kind asks for. What is wrong inside a message is
 * reported to `diag` where it stands; of any other value that does not fit the caller reports that.
 */
bool argument_fits(struct diag *diag, enum argument_kind kind, const struct value *value);

#endif
