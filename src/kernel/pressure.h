/* How busy the machine is, by the kernel's own measure. */
#ifndef TCPCLOSE_KERNEL_PRESSURE_H
#define TCPCLOSE_KERNEL_PRESSURE_H

#include "base/usec.h"

/*
 * For how long, in all since the machine started, somebody was ready to run and had no CPU
 * (/proc/pressure/cpu). What the kernel does in its timers and softirqs is put off like that, too,
 * and nothing tells whose it was: but no more of it than this. -1: this kernel does not count it.
 */
usec_t pressure_total(void);

#endif
