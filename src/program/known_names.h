/*
 * The names that kernels have for their counters and sysctls, of all kernels that known_names.def
 * was made from (lab/known-names). A name that is in none of them is a slip, or one of a kernel
 * that is newer, or not Linux's own.
 */
#ifndef TCPCLOSE_PROGRAM_KNOWN_NAMES_H
#define TCPCLOSE_PROGRAM_KNOWN_NAMES_H

#include <stdbool.h>

#include "base/arena.h"

/* "TCPTimeouts", "TcpExtTCPTimeouts", "Ip6InReceives" */
bool counter_is_known(const char *name);

/* The known name nearest to it, or NULL. */
const char *counter_suggest(const char *name);

/*
 * "net.ipv4.tcp_fin_timeout" or "net/ipv4/tcp_fin_timeout". Those that only a module has
 * (net.netfilter and the like) are in no table, and are taken for known.
 */
bool sysctl_is_known(const char *name);

/* The known name nearest to it, with dots, in `arena`; or NULL. */
const char *sysctl_suggest(const char *name, struct arena *arena);

#endif
