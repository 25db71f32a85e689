/** Violet: refunds of a bag. The facts are in Violet's OpenAPI and its pages; its words are used here and nowhere else. */
package dev.refundhub.connectors.violet;
