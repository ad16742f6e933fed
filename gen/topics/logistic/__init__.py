"""Logistic regression at a point: gradient, Hessian, a Newton step, and statements about them."""
