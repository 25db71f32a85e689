/**
 * Loaded into a service by {@code prove}, beside it and never part of it: halts the process, as {@code kill -9} would, when it
 * comes to a named point. It needs nothing but the JDK and Byte Buddy.
 */
package dev.refundhub.local.prove.agent;
