# What `duo-impact evaluate` says beside the difference, in R: Rscript make.R (in this folder) writes values.csv.
# Data: mroz.csv (carData) and melanoma.csv (boot) of ../more, lalonde.csv (MatchIt) of the folder above.
# Made with R 4.2.2, sandwich 3.0.2; stats::mantelhaen.test for Mantel-Haenszel; the rest is spelt out below.
suppressMessages(library(sandwich))
out <- data.frame()
emit <- function(case, name, value) out[nrow(out) + 1, c("case", "name", "value")] <<- list(case, name, format(value, digits = 17))
z <- qnorm(.975)
yes <- function(x) if (is.numeric(x)) x else as.integer(x == "yes")
read <- function(file, treated, outcome) { d <- read.csv(file, check.names = FALSE); d$tr <- yes(d[[treated]]); d$y <- yes(d[[outcome]]); d }

# weights of exact matching: participants 1, controls nT / nC of their stratum
exact <- function(d, on) {
  s <- interaction(d[on], drop = TRUE)
  nT <- tapply(d$tr, s, sum); nC <- tapply(1 - d$tr, s, sum)
  w <- ifelse(d$tr == 1, as.numeric(nC[s] > 0), as.numeric(nT[s] / nC[s])); w[!is.finite(w)] <- 0
  list(w = w, s = s)
}
# ratios with HC3 on cell means: y ~ 0 + arm
ratios <- function(case, y, tr, w) {
  d <- data.frame(y, a = factor(tr), w)[w > 0, ]
  fit <- lm(y ~ 0 + a, weights = w, data = d); v <- vcovHC(fit, "HC3"); m <- coef(fit)
  emit(case, "relative", m[[2]] / m[[1]] - 1)
  se <- sqrt(v[2, 2] / m[[2]]^2 + v[1, 1] / m[[1]]^2)
  emit(case, "rrLower", m[[2]] / m[[1]] * exp(-z * se)); emit(case, "rrUpper", m[[2]] / m[[1]] * exp(z * se))
  o <- (m[[2]] / (1 - m[[2]])) / (m[[1]] / (1 - m[[1]]))
  so <- sqrt(v[2, 2] / (m[[2]] * (1 - m[[2]]))^2 + v[1, 1] / (m[[1]] * (1 - m[[1]]))^2)
  emit(case, "or", o); emit(case, "orLower", o * exp(-z * so)); emit(case, "orUpper", o * exp(z * so))
}
# effects by level: one saturated regression, HC3 or clustered by id; Q of all contrasts with the first
subgroups <- function(case, y, tr, w, g, id = NULL) {
  d <- data.frame(y, tr, g = factor(g), w); if (!is.null(id)) d$id <- id; d <- d[w > 0, ]
  p <- c()
  for (l in levels(d$g)) {
    one <- lm(y ~ tr, weights = w, data = d[d$g == l, ])
    v <- if (is.null(id)) vcovHC(one, "HC3") else vcovCL(one, cluster = d$id[d$g == l], type = "HC1", cadjust = TRUE)
    se <- sqrt(v[2, 2]); emit(case, paste0("diff:", l), coef(one)[[2]]); emit(case, paste0("se:", l), se)
    p <- c(p, 2 * pnorm(-abs(coef(one)[[2]] / se)))
  }
  h <- p.adjust(p, "holm"); for (i in seq_along(h)) emit(case, paste0("holm:", levels(d$g)[i]), h[i])
  all <- lm(y ~ 0 + g + g:tr, weights = w, data = d); k <- nlevels(d$g)
  v <- if (is.null(id)) vcovHC(all, "HC3") else vcovCL(all, cluster = d$id, type = "HC1", cadjust = TRUE)
  e <- (k + 1):(2 * k); C <- cbind(-1, diag(k - 1)); b <- C %*% coef(all)[e]
  q <- drop(t(b) %*% solve(C %*% v[e, e] %*% t(C)) %*% b); emit(case, "Q", q); emit(case, "pQ", pchisq(q, k - 1, lower.tail = FALSE))
}
mh <- function(case, y, tr, s, w) {
  k <- w > 0; t3 <- table(factor(tr[k], 1:0), factor(y[k], 1:0), droplevels(s[k]))
  u <- mantelhaen.test(t3, correct = FALSE); c <- mantelhaen.test(t3, correct = TRUE)
  emit(case, "mhOr", u$estimate[[1]]); emit(case, "mhOrLower", u$conf.int[1]); emit(case, "mhOrUpper", u$conf.int[2])
  emit(case, "cmh", u$statistic[[1]]); emit(case, "cmhCorrected", c$statistic[[1]]); emit(case, "strata", dim(t3)[3])
}
aipw <- function(case, f, d) {
  X <- model.matrix(f, d); p <- fitted(glm.fit(X, d$tr, family = binomial(), control = list(epsilon = 1e-14, maxit = 100)))
  m0 <- drop(X %*% lm.fit(X[d$tr == 0, ], d$y[d$tr == 0])$coefficients); o <- p / (1 - p); nT <- sum(d$tr)
  mT <- mean(d$y[d$tr == 1]); mC <- (sum(m0[d$tr == 1]) + sum((o * (d$y - m0))[d$tr == 0])) / nT
  iT <- d$tr * (d$y - mT) / nT; iC <- (d$tr * (m0 - mC) + (1 - d$tr) * o * (d$y - m0)) / nT
  emit(case, "rateT", mT); emit(case, "rateC", mC); emit(case, "diff", mT - mC); emit(case, "se", sqrt(sum((iT - iC)^2)))
  se <- sqrt(sum((iT / mT - iC / mC)^2)); emit(case, "rrLower", mT / mC * exp(-z * se)); emit(case, "rrUpper", mT / mC * exp(z * se))
}

d <- read("../more/mroz.csv", "wc", "lfp"); e <- exact(d, c("k5", "hc"))
ratios("mroz", d$y, d$tr, e$w); mh("mroz", d$y, d$tr, e$s, e$w)
subgroups("mroz", d$y, d$tr, e$w, d$hc); subgroups("mroz_by_age", d$y, d$tr, e$w, d$hc, d$age)
aipw("mroz_aipw", ~ age + inc + hc + k5, d)
d <- read("../more/melanoma.csv", "ulcer", "dead"); e <- exact(d, "sex")
ratios("melanoma", d$y, d$tr, e$w); mh("melanoma", d$y, d$tr, e$s, e$w)
d <- read("../lalonde.csv", "treat", "employed78"); e <- exact(d, c("race", "married", "nodegree"))
ratios("lalonde", d$y, d$tr, e$w); mh("lalonde", d$y, d$tr, e$s, e$w); subgroups("lalonde", d$y, d$tr, e$w, d$nodegree)
aipw("lalonde_aipw", ~ age + education + race + re74, d)
d$y <- d$re78; aipw("lalonde_aipw_re78", ~ age + race + married, d)
out$value <- trimws(out$value); write.csv(out, "values.csv", row.names = FALSE, quote = 1:2)
