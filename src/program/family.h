/* What cannot hold in the address family that is played, found when the script is read. */
#ifndef TCPCLOSE_PROGRAM_FAMILY_H
#define TCPCLOSE_PROGRAM_FAMILY_H

#include <stdbool.h>

#include "base/diag.h"
#include "program/program.h"

/*
 * A socket of a family that the script names, and "..." for an address of the one that is played:
 * the call fails. Reports it when the script wants it to succeed; false then.
 */
bool family_check_sockets(const struct program *program, struct diag *diag);

/* A field of the IP header that the family does not have; false after reporting it. */
bool family_check_field(enum ip_version version, enum packet_field field, struct range where,
                        struct diag *diag);

#endif
