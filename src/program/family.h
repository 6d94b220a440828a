/* Finds, when the script is read, what cannot be right in the address family that is played. */
#ifndef TCPCLOSE_PROGRAM_FAMILY_H
#define TCPCLOSE_PROGRAM_FAMILY_H

#include <stdbool.h>

#include "base/diag.h"
#include "program/program.h"

/*
 * Finds a socket whose family the script names and that is used with "...", an address of the
 * family that is played, when the families differ. Such a call fails. Reports it, and returns
 * false, when the script expects it to succeed.
 */
bool family_check_sockets(const struct program *program, struct diag *diag);

/* Returns false after reporting a field of the IP header that the family does not have. */
bool family_check_field(enum ip_version version, enum packet_field field, struct range where,
                        struct diag *diag);

#endif
